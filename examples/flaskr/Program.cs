Flaskr.Application.Create().Run();

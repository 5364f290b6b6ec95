__Name__.Application.Create().Run();

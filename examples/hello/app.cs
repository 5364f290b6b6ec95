using Retort;

var app = new App();

app.Get("/", () => "<p>Hello, World!</p>");

app.Run();

#:package Retort@__version__
#:package Retort.Scripting@__version__
#:property PublishAot=false
using Retort;
using static Retort.Globals;

var app = new App();
app.Config.FromPrefixedEnvironment();

app.Get("/", Index);
Response Index() => RenderTemplate("index.html", new { name = "__name__" });

app.Run();

using System.Numerics;
using Retort.Http.Exceptions;
using static Retort.Globals;

namespace Retort.Twin;

internal static class Api
{
    public static Blueprint Blueprint()
    {
        var api = new Blueprint("api") { UrlPrefix = "/api" };
        api.ErrorHandler<HttpException>(error => MakeResponse((new { code = error.Code, name = error.Name, description = error.Description }, error.Code)));
        api.ErrorHandler<Exception>(error => MakeResponse((new { code = 500, name = "unexpected" }, 500)));

        api.AddUrlRule("/items/", "items", () => new Items(), ["GET"], new RouteOptions { Defaults = new { id = (BigInteger?)null } });
        api.AddUrlRule("/items/", "items", () => new Items(), ["POST"]);
        api.AddUrlRule("/items/<int:id>", "items", () => new Items(), ["GET", "DELETE"]);

        api.Get("/boom", string () => throw new ArgumentException("boom"));
        api.Get("/forbidden", () => Abort(403));
        api.Get("/twin", string () => throw new TwinError("from api"));
        return api;
    }

    private sealed record Item(BigInteger id, string name);

    private sealed class Items : MethodView
    {
        private static readonly Item[] All = [new(1, "one"), new(2, "two")];

        public Response Get(BigInteger? id)
        {
            if (id is null)
                return MakeResponse(All);
            return MakeResponse(All.FirstOrDefault(item => item.id == id) ?? throw new NotFound("no such item"));
        }

        public Response Post()
        {
            if (Request.Json is not IReadOnlyDictionary<string, object?> sent || !sent.TryGetValue("name", out var name))
                throw new BadRequest("name is required");
            var response = MakeResponse((new { id = 3, name }, 201));
            response.Location = UrlFor("api.items", new { id = 3 });
            return response;
        }

        public Response Delete(BigInteger id) => ("", 204);
    }
}

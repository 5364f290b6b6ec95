using System.Numerics;

namespace Retort.Twin;

internal static class Converters
{
    public static void AddTo(App app)
    {
        app.Get("/conv/int/<int:n>", (BigInteger n) => new { n }, "conv_int");
        app.Get("/conv/signed/<int(signed=True):n>", (BigInteger n) => new { n }, "conv_signed");
        app.Get("/conv/float/<float:f>", (double f) => new { f }, "conv_float");
        app.Get("/conv/str/<s>", (string s) => new { s, len = s.EnumerateRunes().Count() }, "conv_str");
        app.Get("/conv/path/<path:p>", (string p) => new { p }, "conv_path");
        app.Get("/conv/uuid/<uuid:u>", (Guid u) => new { u }, "conv_uuid");
        app.Get("/conv/any/<any(red,green,'dark blue'):c>", (string c) => new { c }, "conv_any");
        app.Get("/conv/list/<list:items>", (IReadOnlyList<string> items) => new { items }, "conv_list");

        app.Get("/slash/with/", () => "with", "slash_with");
        app.Get("/slash/without", () => "without");
        app.Get("/slash/loose/", () => "loose", options: new RouteOptions { StrictSlashes = false });
    }
}

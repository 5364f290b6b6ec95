using System.Reflection;
using Retort.Development.Reloading;

namespace Retort.Tests.Development.Reloading;

/// <summary>Types of the same name and other content stand for a type before and after a patch.</summary>
public sealed class SetupCodeTests
{
    private static readonly Type Before = typeof(Earlier.Notes);
    private readonly SetupCode _code = new(method => typeof(Scaffold).IsAssignableFrom(method.DeclaringType), type => typeof(RouteAttribute).IsAssignableFrom(type));

    [Fact]
    public void The_same_code_has_not_changed() => Assert.False(Change(typeof(Earlier.Notes)));

    [Fact]
    public void A_view_with_another_body_is_no_change_of_the_setup() => Assert.False(Change(typeof(OtherBody.Notes)));

    [Theory]
    [InlineData(typeof(OtherRule.Notes))]
    [InlineData(typeof(MoreRoutes.Notes))]
    [InlineData(typeof(OtherAttribute.Notes))]
    [InlineData(typeof(LessSetup.Notes))]
    [InlineData(typeof(OtherNumber.Notes))]
    public void Another_rule_another_route_another_attribute_and_another_setting_are(Type after) => Assert.True(Change(after));

    private bool Change(Type after)
    {
        _code.HasChanged([new Renamed(Before)]);
        return _code.HasChanged([new Renamed(after)]);
    }

    private sealed class Renamed(Type type) : TypeDelegator(type)
    {
        public override string FullName => "Notes";
    }

    private static class Earlier
    {
        internal static class Notes
        {
            public static void Register(App app)
            {
                app.Get("/notes", Index);
                app.Config["PAGE"] = 10;
            }

            [Get("/index")]
            public static string Index() => "index";
        }
    }

    private static class OtherBody
    {
        internal static class Notes
        {
            public static void Register(App app)
            {
                app.Get("/notes", Index);
                app.Config["PAGE"] = 10;
            }

            [Get("/index")]
            public static string Index() => "another text";
        }
    }

    private static class OtherRule
    {
        internal static class Notes
        {
            public static void Register(App app)
            {
                app.Get("/list", Index);
                app.Config["PAGE"] = 10;
            }

            [Get("/index")]
            public static string Index() => "index";
        }
    }

    private static class MoreRoutes
    {
        internal static class Notes
        {
            public static void Register(App app)
            {
                app.Get("/notes", Index);
                app.Get("/more", Index);
                app.Config["PAGE"] = 10;
            }

            [Get("/index")]
            public static string Index() => "index";
        }
    }

    private static class OtherAttribute
    {
        internal static class Notes
        {
            public static void Register(App app)
            {
                app.Get("/notes", Index);
                app.Config["PAGE"] = 10;
            }

            [Post("/index")]
            public static string Index() => "index";
        }
    }

    private static class OtherNumber
    {
        internal static class Notes
        {
            public static void Register(App app)
            {
                app.Get("/notes", Index);
                app.Config["PAGE"] = 20;
            }

            [Get("/index")]
            public static string Index() => "index";
        }
    }

    private static class LessSetup
    {
        internal static class Notes
        {
            [Get("/index")]
            public static string Index() => "index";
        }
    }
}

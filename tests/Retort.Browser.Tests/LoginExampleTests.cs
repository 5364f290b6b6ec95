using System.Text.Json.Nodes;

namespace Retort.Browser.Tests;

/// <summary>The example of accounts in a browser, started as its page shows.</summary>
public sealed class LoginExampleTests
{
    private static readonly string[] Lengths = ["New password: Field must be between 10 and 200 characters long.", "New password again: The passwords differ."];

    [Theory]
    [InlineData("loginFlow")]
    [InlineData("loginScriptless")]
    public async Task Somebody_registers_is_remembered_changes_the_password_and_leaves_with_scripts_and_without(string scenario)
    {
        var seen = await See(scenario);
        Assert.Equal(["/login?next=%2Faccount%2Fpassword", "Please log in to access this page."], Browser.Texts(seen["refused"]));
        Assert.Equal(["/account", "Welcome! Your account is ready.", "Ann"], Browser.Texts(seen["registered"]));
        Assert.Equal(["/account", "Your picture has been changed.", "1"], Browser.Texts(seen["uploaded"]));
        Assert.Equal(["/", "You are logged out."], Browser.Texts(seen["loggedOut"]));
        Assert.Equal(["/login"], Browser.Texts(seen["back"]));
        Assert.Equal(["/login", "The name or the password is wrong.", "Ann", ""], Browser.Texts(seen["wrong"]));
        Assert.Equal(("/account", "Ann"), ((string)seen["loggedIn"]!, (string)seen["remembered"]!));
        Assert.Equal(["/login?next=%2Faccount%2Fpassword", "Please reauthenticate to access this page.", "Ann", "true"], Browser.Texts(seen["notFresh"]));
        Assert.Equal("/account/password", (string)seen["fresh"]!);
        Assert.Equal(["Current password: This is not your password."], Browser.Texts(seen["notMine"]));
        Assert.Equal(["/account", "Your password has been changed. Other browsers are logged out."], Browser.Texts(seen["changed"]));
        Assert.Equal(("/login?next=%2Faccount", "/account"), ((string)seen["elsewhere"]!, (string)seen["here"]!));
        Assert.Equal(["session"], Browser.Texts(seen["cookies"]));
    }

    [Fact]
    public async Task What_is_wrong_is_said_above_the_form_and_beside_the_field()
    {
        var seen = await See("loginErrors");
        Assert.Equal(["Name: Use letters, digits, dots, dashes and underscores.", .. Lengths], Browser.Texts(seen["registered"]));
        Assert.Equal("Error: Create an account – Accounts", (string)seen["title"]!);
        Assert.Equal(["name", "password", "repeat"], Browser.Texts(seen["marked"]));
        Assert.Equal(["Field must be between 10 and 200 characters long.", "At least 10 characters. A few words are better than one."], Browser.Texts(seen["described"]));
        Assert.Equal(["New password: The password must not be the name."], Browser.Texts(seen["same"]));
        Assert.Equal(["Name: This name is taken. Choose another one."], Browser.Texts(seen["taken"]));
        Assert.Equal(["Picture: This is no picture that can be shown. Save it as PNG, JPEG or WebP."], Browser.Texts(seen["lies"]));
        Assert.Equal(["Picture: File does not have an approved extension: png, jpg, jpeg, webp"], Browser.Texts(seen["ending"]));
        Assert.Equal(["Picture: The picture is larger than 1 MB."], Browser.Texts(seen["large"]));
        Assert.Equal(["Picture: This field is required."], Browser.Texts(seen["none"]));
        Assert.Equal(["That did not work", "That was too much to send at once: a picture may have 1 MB."], Browser.Texts(seen["huge"]));
        Assert.Equal("There is no such page.", (string)seen["missing"]!);
    }

    [Fact]
    public async Task Guesses_at_one_name_are_slowed_down_and_others_are_not()
    {
        var seen = await See("loginThrottle");
        Assert.Equal(["422", "422", "422", "422", "422", "429", "429", "422"], Browser.Texts(seen["statuses"]));
        // How much of the five minutes is left is the machine's affair; the page and the header say the same.
        Assert.InRange((int)seen["wait"]!, 1, 300);
        Assert.Equal([$"Too many attempts. Try again in {Math.Ceiling((int)seen["wait"]! / 60.0)} min."], Browser.Texts(seen["told"]));
        Assert.Equal("/login", (string)seen["right"]!);
        Assert.Equal(["The name or the password is wrong."], Browser.Texts(seen["other"]));
    }

    [Fact]
    public async Task A_russian_browser_reads_russian_until_another_language_is_chosen()
    {
        var seen = await See("loginRussian");
        Assert.Equal(["Регистрация", "ru", "Имя: Длина должна быть от 2 до 40 знаков.", "Новый пароль: Длина должна быть от 10 до 200 знаков.", "Новый пароль ещё раз: Пароли не совпадают."], Browser.Texts(seen["texts"]));
        Assert.Equal(["English"], Browser.Texts(seen["english"]));
        Assert.Equal(["/account", "Добро пожаловать! Учётная запись создана.", "Ю"], Browser.Texts(seen["account"]));
        Assert.Equal(["/account", "en", "Picture"], Browser.Texts(seen["chosen"]));
        Assert.Equal("Change the password", (string)seen["kept"]!);
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard_alone_and_the_focus_is_always_seen()
    {
        var seen = await See("loginKeyboard");
        Assert.Equal(("Skip to the content", "name", true), ((string)seen["first"]!, (string)seen["led"]!, (bool)seen["remember"]!));
        Assert.StartsWith("/account", (string)seen["registered"]!, StringComparison.Ordinal);
        Assert.Equal(["Your password has been changed. Other browsers are logged out."], Browser.Texts(seen["changed"]));
        Assert.Empty(Browser.Texts(seen["unseen"]));
    }

    [Fact]
    public async Task Nothing_sticks_out_is_pale_or_has_no_name_light_or_dark_wide_or_on_a_phone()
    {
        using var folder = new PictureFolder("loginPictures");
        var seen = await See("loginPictures", folder.Name);
        Assert.Empty(Browser.Texts(seen["wrong"]));
        Assert.Equal(56, folder.Pictures.Length);
    }

    private static async Task<JsonNode> See(string scenario, string pictures = "")
    {
        Browser.Require();
        var data = Directory.CreateTempSubdirectory("retort-login-");
        try
        {
            using var app = await DebuggedApp.Serve("examples/login/app.cs", [("LOGIN_DATA", data.FullName)]);
            return Browser.See(scenario, app, pictures);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}

using Retort;
using Retort.Testing;

namespace __Name__.Tests;

/// <summary>What the tests of a class share: the app, and whatever it is given for tests.</summary>
public sealed class TestApp : AppFixture
{
    protected override App CreateApp() => Application.Create();
}

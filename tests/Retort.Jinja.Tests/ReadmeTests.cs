using System.Text.Json;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Jinja.Tests;

/// <summary>The table of the package's page; its programs are run by the tests of the documentation.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string, string> Rows => [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src/Retort.Jinja/README.md")))
        .Select(row => new TheoryDataRow<string, string>(Text(row.Groups["template"].Value), Text(row.Groups["output"].Value)))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_table_is_right(string template, string output) =>
        Assert.Equal(output, new JinjaEnvironment { KeepTrailingNewline = true }.FromString(template).Render(new { items = new[] { "a", "b", "c" }, flag = true }));

    private static string Text(string quoted) => JsonSerializer.Deserialize<string>(quoted)!;

    [GeneratedRegex("""^\| `(?<template>".*")` \| `(?<output>".*")` \|$""", RegexOptions.Multiline)]
    private static partial Regex Row();
}

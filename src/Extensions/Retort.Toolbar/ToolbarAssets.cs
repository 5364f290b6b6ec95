using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Retort.Toolbar;

/// <summary>The toolbar's own files. Nothing of it comes from another host.</summary>
internal static class ToolbarAssets
{
    /// <summary>The script, with the styles it gives the bar: what a page's policy says of styles does not hold for those.</summary>
    public static ToolbarAsset Script { get; } = new("toolbar.js", "text/javascript; charset=utf-8",
        $"(() => {{\n'use strict';\nconst style = {JsonSerializer.Serialize(Read("bar.css") + Read("panel.css"))};\n{Read("toolbar.js")}}})();\n");

    /// <summary>The styles of a panel that is opened by itself.</summary>
    public static ToolbarAsset Style { get; } = new("toolbar.css", "text/css; charset=utf-8", Read("page.css") + Read("panel.css"));

    public static ToolbarAsset? Find(string name) => name == Script.Name ? Script : name == Style.Name ? Style : null;

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ToolbarAssets).Assembly.GetManifestResourceStream($"Retort.Toolbar.Assets.{name}")!);
        return reader.ReadToEnd();
    }
}

/// <summary>One file.</summary>
internal sealed record ToolbarAsset(string Name, string ContentType, string Text)
{
    /// <summary>Changes with the file, so that browsers may keep it.</summary>
    public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 6));
}

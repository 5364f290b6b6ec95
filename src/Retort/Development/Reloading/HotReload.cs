using System.Reflection.Metadata;

[assembly: MetadataUpdateHandler(typeof(Retort.Development.Reloading.HotReload))]

namespace Retort.Development.Reloading;

/// <summary>Is called by the runtime after a patch. Source: System.Reflection.Metadata.MetadataUpdateHandlerAttribute, which asks for these names.</summary>
internal static class HotReload
{
    /// <summary>The types that were changed; null when that is not known.</summary>
    public static void UpdateApplication(Type[]? types) => ReloadedApp.Current?.Patched(types ?? []);
}

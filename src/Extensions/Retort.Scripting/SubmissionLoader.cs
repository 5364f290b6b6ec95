using System.Reflection;
using System.Runtime.Loader;

namespace Retort.Scripting;

/// <summary>Loads the submissions of one script beside each other; they go when the script does.</summary>
internal sealed class SubmissionLoader : AssemblyLoadContext
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public SubmissionLoader() : base("Retort.Scripting", isCollectible: true)
    {
    }

    /// <summary>The submission as a function of the script's state.</summary>
    public Func<object?[], Task<object?>> Load(Submission submission)
    {
        using var image = new MemoryStream(submission.Image);
        var method = LoadFromStream(image).GetType(submission.TypeName)!.GetMethod(submission.MethodName, Everything)!;
        return method.CreateDelegate<Func<object?[], Task<object?>>>();
    }

    /// <summary>What the app has loaded is meant, wherever it has loaded it.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        Assemblies.Concat(AppDomain.CurrentDomain.GetAssemblies()).FirstOrDefault(assembly => assembly.GetName().Name == assemblyName.Name);
}

using System.Diagnostics.Tracing;

namespace Retort.Toolbar.Profiling;

/// <summary>Marks in the runtime's trace on which thread a profiled request runs, and until when: between two marks of one thread the samples of that thread are the request's.</summary>
[EventSource(Name = SourceName)]
internal sealed class ProfileEvents : EventSource
{
    public const string SourceName = "Retort-Toolbar";
    public const int EnterId = 1;
    public const int LeaveId = 2;

    private ProfileEvents()
    {
    }

    public static ProfileEvents Log { get; } = new();

    [Event(EnterId)]
    public void Enter() => WriteEvent(EnterId);

    [Event(LeaveId)]
    public void Leave() => WriteEvent(LeaveId);
}

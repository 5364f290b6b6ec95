namespace Retort.Jinja.Runtime;

/// <summary>A body that runs in its own frame. Errors that leave it are told where it stood.</summary>
/// <param name="template">The template whose text it is.</param>
/// <param name="entered">How it comes to run, as the chain of an error says it: <c>included from</c>, <c>in macro 'row', called from</c>.</param>
/// <param name="body">What it does.</param>
/// <param name="slots">Number of its variables.</param>
/// <param name="keepsFrames">Whether something made in it, such as a macro, reads its variables later.</param>
internal sealed class Unit(CompiledTemplate template, string entered, Executable body, int slots, bool keepsFrames)
{
    public CompiledTemplate Template { get; } = template;

    public int Slots { get; } = slots;

    /// <summary>Runs it in a frame of its own.</summary>
    public void Run(RenderContext context, Output output, string? how = null)
    {
        var frame = NewFrame(context, null, null);
        frame.Entered = how;
        Run(frame, output);
    }

    /// <summary>A frame to be run; from the frame that calls it where that may keep it for the next time.</summary>
    public Frame NewFrame(RenderContext context, Frame? outer, Frame? caller) => keepsFrames ? new Frame(context, Slots, outer) : Frame.Rent(context, Slots, outer, caller);

    /// <summary>Runs it and takes the frame back.</summary>
    public void Run(Frame frame, Output output, Frame? caller = null)
    {
        // The stack is what bounds recursion of macros, includes, blocks and loops.
        Depth.EnsureStack();
        try
        {
            body.Render(frame, output);
        }
        catch (OutOfMemoryException error)
        {
            throw OutOfMemory(error, frame);
        }
        catch (Exception error) when (Explain(error, frame))
        {
            throw;
        }
        Leave(frame, caller);
    }

    public ValueTask RunAsync(RenderContext context, Output output, string? how = null)
    {
        var frame = NewFrame(context, null, null);
        frame.Entered = how;
        return RunAsync(frame, output);
    }

    public async ValueTask RunAsync(Frame frame, Output output)
    {
        var levels = AwaitingLevels.Current;
        levels.Enter();
        try
        {
            await body.RenderAsync(frame, output).ConfigureAwait(false);
        }
        catch (OutOfMemoryException error)
        {
            throw levels.LeaveBy(OutOfMemory(error, frame));
        }
        catch (Exception error)
        {
            Explain(error, frame);
            throw levels.LeaveBy(error);
        }
        levels.Leave();
        Leave(frame, null);
    }

    private void Leave(Frame frame, Frame? caller)
    {
        if (keepsFrames)
            frame.LetGo();
        else
            frame.Return(Slots, caller);
    }

    // What was asked for at once was too much; what there is has not run out.
    private PythonError OutOfMemory(OutOfMemoryException error, Frame frame)
    {
        var own = new PythonError(PythonErrorKind.MemoryError, "the template asked for more memory than there is", error);
        Explain(own, frame);
        return own;
    }

    // Always false: the error is only told its place, not caught.
    private bool Explain(Exception error, Frame frame)
    {
        if (frame.At.Line == 0)
            return false;
        if (error is TemplateError own)
        {
            if (own is UndefinedError { Position: null } undefined)
                Hints.Add(undefined, frame.Context);
            if (!own.Locate(Template.Describe(frame.At)) && own.Entered is { } how)
                own.AddFrame(new TemplateFrame(how, Template.Name, frame.At.Line));
            own.Entered = frame.Entered ?? entered;
        }
        else if (!error.Data.Contains(HostErrorKey))
        {
            error.Data[HostErrorKey] = TemplateFrame.Place(Template.Name, frame.At.Line);
        }
        return false;
    }

    /// <summary>Under this key of <see cref="Exception.Data"/> an exception of the host finds the place in the template that called it.</summary>
    private const string HostErrorKey = "Retort.Jinja.Position";
}

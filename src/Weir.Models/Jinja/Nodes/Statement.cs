namespace Weir.Models.Jinja;

/// <summary>How a statement ended: loops react to the last two.</summary>
internal enum Signal { Done, Break, Continue }

/// <summary>A part of a template that does something: writes, assigns, loops.</summary>
internal abstract class Statement(Position at)
{
    public Position At { get; } = at;

    public Signal Execute(Frame frame, Output output)
    {
        try
        {
            return Run(frame, output);
        }
        catch (JinjaException error) when (error.Locate(frame.File, At))
        {
            throw;
        }
    }

    protected abstract Signal Run(Frame frame, Output output);
}

internal static class StatementList
{
    public static Signal Execute(this IReadOnlyList<Statement> statements, Frame frame, Output output)
    {
        foreach (var statement in statements)
            if (statement.Execute(frame, output) is var signal and not Signal.Done)
                return signal;
        return Signal.Done;
    }

    /// <summary>The text the statements write.</summary>
    public static string Capture(this IReadOnlyList<Statement> statements, Frame frame)
    {
        var output = new Output();
        statements.Execute(frame, output);
        return output.ToString();
    }
}

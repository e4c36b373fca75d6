namespace Weir.Models.Jinja;

/// <summary>The classes of error Jinja tells apart; the names are those of Python and Jinja.</summary>
internal enum JinjaErrorKind
{
    /// <summary>The text is not a template.</summary>
    Syntax,
    Undefined,
    Type,
    Value,
    Key,
    Index,
    ZeroDivision,
    Overflow,
    Security,
    Runtime,
    /// <summary>A value rendered natively is not of the asked-for type.</summary>
    Rendering,
    Recursion,
    /// <summary>Raised on purpose, by a function the caller gave.</summary>
    Raised,
}

/// <summary>A macro that was running when an error happened, and where it is defined.</summary>
internal sealed record MacroCall(string Macro, string File, int Line);

/// <summary>
/// A template that cannot be parsed or rendered. A function given to a template may throw it without a place: the place of the
/// call is filled in. Line and column count from 1; 0 is not known.
/// </summary>
internal sealed class JinjaException(JinjaErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    private const int LongestTrace = 20;
    private readonly List<MacroCall> _trace = [];

    public JinjaErrorKind Kind { get; } = kind;

    /// <summary>What to do about it, beyond Jinja's own words; null when whoever threw it has no more to say.</summary>
    public string? Advice { get; init; }

    public string? File { get; private set; }

    public int Line { get; private set; }

    public int Column { get; private set; }

    /// <summary>The macros that were running, innermost first, at most twenty.</summary>
    public IReadOnlyList<MacroCall> Trace => _trace;

    /// <summary>The message with its place in front.</summary>
    public string Located => File is null ? Message : $"{File}({Line},{Column}): {Message}";

    /// <summary>Fills in the place once, at the innermost node. Always false, to be used as an exception filter.</summary>
    public bool Locate(string file, Position at)
    {
        if (File is null)
            (File, Line, Column) = (file, at.Line, at.Column);
        return false;
    }

    /// <summary>Notes that the error passes a macro. Always false, to be used as an exception filter.</summary>
    public bool Passes(string macro, string file, int line)
    {
        if (_trace.Count < LongestTrace)
            _trace.Add(new MacroCall(macro, file, line));
        return false;
    }
}

namespace Weir.Connect;

/// <summary>Settings of file intake.</summary>
public sealed record FileIntakeOptions
{
    /// <summary>
    /// How long a file's size and time must have been still before it is taken, unless its marker (<c>&lt;name&gt;.done</c>) exists. Zero: at once, for files that a
    /// person names; their content is then compared even where size and time say that nothing changed.
    /// </summary>
    public TimeSpan StillFor { get; init; } = TimeSpan.FromSeconds(10);
}

namespace Weir;

/// <summary>
/// Machinery that could not do its duty, told to a person. The message says what, which, the value, the limit and the fix;
/// <see cref="Code"/> is stable and has a page in <c>docs/errors/</c>. Bad data is never an exception: it is a quarantined row.
/// </summary>
/// <param name="code">A stable code, <c>WEIR</c> and four digits: 1xxx configuration and command line, 2xxx journal, 3xxx collect,
/// 4xxx connect and file intake, 5xxx land, 6xxx lake, 7xxx models, 8xxx warehouse and queries, 9xxx studio.</param>
/// <param name="message">What happened, to which thing, with the value and the limit, and what to do.</param>
/// <param name="inner">The cause, if another exception was.</param>
public sealed class WeirException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The stable code, for example <c>WEIR2003</c>.</summary>
    public string Code { get; } = code;

    /// <summary>What went wrong, for people: the message, with its code before it if it has one.</summary>
    public static string Sentence(Exception error) => error is WeirException weir ? $"{weir.Code} {weir.Message}" : error.Message;
}

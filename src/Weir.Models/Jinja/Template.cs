namespace Weir.Models.Jinja;

/// <summary>A parsed template. Immutable: may be rendered many times and by several threads at once.</summary>
internal sealed class Template
{
    private readonly IReadOnlyList<Statement> _body;
    private readonly string? _plainText;

    private Template(string file, IReadOnlyList<Statement> body, string? plainText)
    {
        File = file;
        _body = body;
        _plainText = plainText;
        Macros = [.. body.OfType<MacroDefinition>()];
        foreach (var macro in Macros)
            macro.Home = this;
    }

    public string File { get; }

    /// <summary>The macros at the top of the file, in order.</summary>
    public IReadOnlyList<MacroDefinition> Macros { get; }

    /// <summary>
    /// Parses; throws <see cref="JinjaException"/> of kind Syntax. A text without <c>{{ {% {#</c> is no template and renders as it is, with its last newline.
    /// <paramref name="firstLine"/> is the line of <paramref name="fileName"/> on which the text starts.
    /// </summary>
    public static Template Parse(string text, string fileName, int firstLine = 1)
    {
        if (!text.Contains("{{", StringComparison.Ordinal) && !text.Contains("{%", StringComparison.Ordinal) && !text.Contains("{#", StringComparison.Ordinal))
            return new Template(fileName, [], text);
        return new Template(fileName, new Parser(text, fileName, firstLine).ParseTemplate(), null);
    }

    /// <summary>Renders as text.</summary>
    public string Render(Scope scope)
    {
        if (_plainText is not null)
            return _plainText;
        var output = new Output();
        Execute(new Frame(scope, File), output);
        return output.ToString();
    }

    /// <summary>
    /// Renders as a value: one expression alone keeps its value unless it is a constant; several parts, constants and text give text; <c>as_bool</c>, <c>as_number</c>
    /// and <c>as_native</c> convert.
    /// </summary>
    public object? RenderNative(Scope scope)
    {
        if (_plainText is not null)
            return _plainText;
        var output = new NativeOutput();
        Execute(new Frame(scope, File) { IsNative = true }, output);
        try
        {
            return output.Result();
        }
        catch (JinjaException error) when (error.Locate(File, _body[0].At))
        {
            throw;
        }
    }

    /// <summary>The variables set at the top of the file, for the macros defined beside them.</summary>
    internal Frame EnterModule(Scope scope)
    {
        var frame = new Frame(scope, File);
        var nowhere = new Output();
        foreach (var statement in _body)
            if (statement is SetStatement or SetBlockStatement)
                statement.Execute(frame, nowhere);
        return frame;
    }

    private void Execute(Frame frame, Output output)
    {
        try
        {
            foreach (var statement in _body)
                statement.Execute(frame, output);
        }
        catch (MacroReturn)
        {
            throw new JinjaException(JinjaErrorKind.Runtime, "return() was called outside a macro");
        }
    }
}

namespace Weir.Models.Jinja;

/// <summary>A parameter of a macro; a default is evaluated at each call that needs it.</summary>
internal sealed record MacroParameter(string Name, Expression? Default);

/// <summary><c>{% macro name(parameters) %}…{% endmacro %}</c>, also the block of a call.</summary>
internal sealed class MacroDefinition(string name, IReadOnlyList<MacroParameter> parameters, IReadOnlyList<Statement> body, MacroNames uses, Position at) : Statement(at)
{
    public string Name { get; } = name;

    public IReadOnlyList<MacroParameter> Parameters { get; } = parameters;

    public IReadOnlyList<Statement> Body { get; } = body;

    public MacroNames Uses { get; } = uses;

    /// <summary>The template it is at the top of, if it is.</summary>
    public Template? Home { get; set; }

    /// <summary>Makes it callable from C# or another template; it sees the scope and the variables at the top of its own file.</summary>
    public Macro Bind(Scope scope) => new(this, (Home ?? throw new InvalidOperationException($"macro {Name} is not at the top of a file")).EnterModule(scope));

    protected override Signal Run(Frame frame, Output output)
    {
        frame.Set(Name, new Macro(this, frame));
        return Signal.Done;
    }
}

/// <summary>The special names a macro's body reads; one that does not read them refuses what they would hold.</summary>
[Flags]
internal enum MacroNames { None = 0, Caller = 1, VarArgs = 2, KwArgs = 4 }

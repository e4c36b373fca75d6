namespace Weir.Models.Jinja;

internal sealed class NameExpression(string name, Position at) : Expression(at)
{
    public string Name { get; } = name;

    protected override object? Compute(Frame frame) => frame.Get(Name);
}

/// <summary><c>ns.name</c> as the target of an assignment.</summary>
internal sealed class NamespaceReference(string name, string attribute, Position at) : Expression(at)
{
    public string Attribute { get; } = attribute;

    protected override object? Compute(Frame frame) => frame.Get(name);
}

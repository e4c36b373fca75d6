using Weir.Land.Contracts.Reading;
using Weir.Sources;

namespace Weir.Land.Contracts.Schemas;

/// <summary>Which field of an event a schema is about.</summary>
/// <param name="Path">The field; null: no single one can be named.</param>
/// <param name="IsSure">Whether the schema always holds there, not only under a condition.</param>
/// <param name="Annotations">Receives what <c>x-weir</c> says.</param>
internal sealed record Place(FieldPath? Path, bool IsSure, List<FieldAnnotation> Annotations)
{
    public Place Member(string name) => this with { Path = FieldPath.IsName(name) ? Path?.Member(name) : null };

    public Place Element() => this with { Path = Path?.Each() };

    public Place Nowhere() => this with { Path = null };

    public Place Maybe() => this with { IsSure = false };

    /// <summary>Reads a schema's <c>x-weir</c>.</summary>
    public void Annotate(SourceValue said, Schema schema)
    {
        if (!said.IsObject)
        {
            said.Mistake("'x-weir' must be an object");
            return;
        }
        if (Path is null)
        {
            said.Mistake("'x-weir' belongs to a field that can be named: one under 'properties' or 'items' with a name of letters, digits, _, - and $");
            return;
        }
        if (Path == FieldPath.Root)
        {
            said.RejectUnknown(["event"], "in the x-weir of an event");
            return;
        }
        said.RejectUnknown(["pii", "default", "unit"], "in the x-weir of a field");
        var pii = said.Text("pii");
        PersonalKind? kind = pii is not null && PersonalKinds.ByName.TryGetValue(pii, out var known) ? known : null;
        if (pii is not null && kind is null) said["pii"]!.Mistake($"'{pii}' is no kind of personal data; known are {string.Join(", ", PersonalKinds.ByName.Keys)}");
        Annotations.Add(new FieldAnnotation(Path, kind, Default(said, schema)?.Element, said.Text("unit"), said));
    }

    private SourceValue? Default(SourceValue said, Schema schema)
    {
        if (said["default"] is not { } value) return null;
        if (!IsSure || Path!.IsInArray) value.Mistake("a default stands where it always holds: not in an array's elements, nor under anyOf, oneOf, not, if, then, else, contains or dependentSchemas");
        else if (schema.Find(value.Element) is { } violation) value.Mistake($"the default breaks its own schema: {violation.Keyword}: {violation.Expected}");
        else return value;
        return null;
    }
}

using Weir.Land.Contracts.Schemas;

namespace Weir.Land.Contracts.Reading;

/// <summary>
/// What a schema says at its top must be about columns of <c>lake.events</c>: what has no column lands in <c>properties</c>, so a rule about any other member
/// would never see it.
/// </summary>
internal sealed class RootCheck(SourceValue file, SchemaReader reader)
{
    private static readonly string[] OfWholeObjects = ["additionalProperties", "patternProperties", "propertyNames", "minProperties", "maxProperties"];
    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];
    private static readonly string[] Single = ["not", "if", "then", "else"];
    private readonly HashSet<SourceValue> seen = [];

    /// <summary>The columns that it speaks of.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    public void Run() => Walk(file);

    private void Walk(SourceValue said)
    {
        if (!said.IsObject || !seen.Add(said)) return;
        foreach (var keyword in OfWholeObjects)
            if (said.Members.FirstOrDefault(m => m.Name == keyword) is { } wrong)
                said.File.Mistake(wrong.Offset, $"'{keyword}' cannot stand at the top: which columns an event has is Weir's; put it into \"properties\": {{\"properties\": {{…}}}}, where an event's own members land");
        foreach (var property in Object(said, "properties")) Property(property);
        foreach (var name in said["required"]?.Items ?? []) Check(name.AsText, name.File, name.Offset);
        foreach (var dependent in Object(said, "dependentRequired"))
        {
            Check(dependent.Name, said.File, dependent.Offset);
            foreach (var name in dependent.Value.Items) Check(name.AsText, name.File, name.Offset);
        }
        foreach (var dependent in Object(said, "dependentSchemas"))
        {
            Check(dependent.Name, said.File, dependent.Offset);
            Walk(dependent.Value);
        }
        foreach (var part in Lists.SelectMany(l => said[l]?.Items ?? []).Concat(Single.Select(k => said[k]).OfType<SourceValue>())) Walk(part);
        if (said["$ref"]?.AsText is { } pointer && reader.Find(pointer) is { } target) Walk(target);
    }

    private static IReadOnlyList<SourceMember> Object(SourceValue said, string keyword) => said[keyword]?.Members ?? [];

    private void Property(SourceMember property)
    {
        if (!Check(property.Name, property.Value.File, property.Offset) || property.Value["type"] is not { } type) return;
        var column = EventColumn.All[property.Name];
        var types = type.IsArray ? type.Items.Select(i => i.AsText) : [type.AsText];
        if (!types.Any(t => t == column.Type || (t == "number" && column.Type == "integer") || (t == "integer" && column.Type == "number")))
            type.Mistake($"'{property.Name}' is {(column.Type == "string" ? "text" : $"of type {column.Type}")} in lake.events, so its type must be or contain \"{column.Type}\"");
    }

    private bool Check(string? name, SourceFile at, int offset)
    {
        if (name is null) return false;
        Columns.Add(name);
        if (EventColumn.All.ContainsKey(name)) return true;
        var near = Spelling.Nearest(name, EventColumn.All.Keys);
        at.Mistake(offset, $"'{name}' is no column of lake.events that a contract can speak of{(near is null ? "" : $" (did you mean '{near}'?)")}; members of the sender's own are under \"properties\": {{\"properties\": {{\"properties\": {{\"{name}\": …}}}}}}");
        return false;
    }
}

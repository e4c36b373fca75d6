using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts.Schemas;

/// <summary>
/// Compiles a schema file. What it does not understand is a mistake with its place, never ignored. A reference is replaced by what it names, and one that leads back
/// to itself is refused: so a schema has a size, and the cost of an event is bounded by it.
/// </summary>
internal sealed class SchemaReader(SourceValue file)
{
    private const int LargestSchema = 10_000;
    private const int DeepestReferences = 32;
    private readonly Stack<string> references = new();
    private int size;

    /// <summary>Compiles the whole file.</summary>
    /// <param name="annotations">Receives what <c>x-weir</c> says of fields.</param>
    public Schema Read(List<FieldAnnotation> annotations)
    {
        var schema = Read(file, new Place(FieldPath.Root, true, annotations));
        // What nobody refers to must be right, too; where it holds nobody knows.
        foreach (var unused in file["$defs"] is { IsObject: true } definitions ? definitions.Members : []) Read(unused.Value, new Place(FieldPath.Root.Member("unused"), true, []));
        return schema;
    }

    /// <summary>Compiles one schema of it.</summary>
    public Schema Read(SourceValue said, Place place)
    {
        if (said.AsBoolean is { } all) return all ? Schema.Anything : Schema.Nothing;
        if (!said.IsObject)
        {
            said.Mistake("a schema is an object, true or false");
            return Schema.Anything;
        }
        if (++size > LargestSchema)
        {
            if (size == LargestSchema + 1) file.Mistake($"has more than {LargestSchema} schemas, each $ref counted with all that it names; make it simpler");
            return Schema.Anything;
        }
        RejectUnknown(said);
        var schema = new Schema([.. ValueRules.Of(said), .. ObjectKeywords.Of(this, said, place), .. ArrayKeywords.Of(this, said, place), .. LogicKeywords.Of(this, said, place)]);
        if (said["x-weir"] is { } weir) place.Annotate(weir, schema);
        return schema;
    }

    /// <summary>Compiles what a <c>$ref</c> names.</summary>
    public Schema Follow(SourceValue reference, Place place)
    {
        if (reference.AsText is not { } pointer || !(pointer == "#" || pointer.StartsWith("#/", StringComparison.Ordinal)))
        {
            reference.Mistake("'$ref' must lead to a schema of this file, such as #/$defs/money; other files and the net are not read");
            return Schema.Anything;
        }
        if (Find(pointer) is not { } target)
        {
            reference.Mistake($"'$ref' leads to '{pointer}', which is not in this file");
            return Schema.Anything;
        }
        if (references.Contains(pointer) || pointer == "#" || references.Count >= DeepestReferences)
        {
            reference.Mistake($"'$ref' leads to '{pointer}', and so back to itself or through more than {DeepestReferences} others; what it costs would have no bound. Write the levels that there are");
            return Schema.Anything;
        }
        references.Push(pointer);
        var schema = Read(target, place);
        references.Pop();
        return schema;
    }

    /// <summary>What a pointer into this file names; null: nothing.</summary>
    public SourceValue? Find(string pointer)
    {
        var at = file;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = at.IsArray && int.TryParse(name, out var index) && index >= 0 && index < at.Items.Count ? at.Items[index] : at[name];
            if (next is null) return null;
            at = next;
        }
        return at;
    }

    private void RejectUnknown(SourceValue said)
    {
        foreach (var member in said.Members)
        {
            if (Keywords.Assertions.Contains(member.Name) || Keywords.Annotations.Contains(member.Name) || (member.Name == "$id" && ReferenceEquals(said, file))) continue;
            if (Keywords.Refused.TryGetValue(member.Name, out var why))
            {
                said.File.Mistake(member.Offset, $"the keyword '{member.Name}' is refused: {why}");
                continue;
            }
            var near = Spelling.Nearest(member.Name, Keywords.Assertions.Concat(Keywords.Annotations));
            said.File.Mistake(member.Offset, $"'{member.Name}' is no keyword of JSON Schema 2020-12; {(near is null ? "remove it, or see docs/guides/contracts.md for those that are" : $"did you mean '{near}'?")}");
        }
        if (said["$schema"] is { } dialect && dialect.AsText?.TrimEnd('#') != "https://json-schema.org/draft/2020-12/schema")
            dialect.Mistake("'$schema' must be \"https://json-schema.org/draft/2020-12/schema\"");
    }
}

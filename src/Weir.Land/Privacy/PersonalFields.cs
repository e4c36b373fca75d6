using Weir.Land.Contracts;
using Weir.Land.Contracts.Schemas;
using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>The fields of an event that its contract marks, as a tree of names.</summary>
internal sealed class PersonalFields
{
    private readonly Dictionary<string, PersonalFields> members = new(StringComparer.Ordinal);
    private PersonalFields? each;

    /// <summary>What this field holds; null: nobody said.</summary>
    public PersonalKind? Kind { get; private set; }

    /// <summary>The field of a name in this object; null: nothing is marked there.</summary>
    public PersonalFields? Member(string name) => members.GetValueOrDefault(name);

    /// <summary>The elements of this array.</summary>
    public PersonalFields? Each => each;

    /// <summary>The marks of all versions of a contract, the newest version's first: an older one's hold for what kept its place.</summary>
    public static PersonalFields Of(Contract contract)
    {
        var root = new PersonalFields();
        foreach (var annotation in contract.Versions.Reverse().SelectMany(v => v.Annotations)) root.Add(annotation);
        return root;
    }

    /// <summary>Every field that a contract can mark.</summary>
    public static PersonalFields Everything()
    {
        var root = new PersonalFields();
        foreach (var column in EventColumn.All.Values.Where(c => c.Read is not null)) root.At([column.Name]).Kind = PersonalKind.Other;
        return root;
    }

    private void Add(FieldAnnotation annotation)
    {
        if (annotation.Pii is not { } kind) return;
        var at = annotation.Path.Arrays.Aggregate(this, (field, names) => field.At(names).each ??= new PersonalFields()).At(annotation.Path.Names);
        at.Kind ??= kind;
    }

    private PersonalFields At(IReadOnlyList<string> names)
    {
        var at = this;
        foreach (var name in names)
        {
            if (!at.members.TryGetValue(name, out var next)) at.members[name] = next = new PersonalFields();
            at = next;
        }
        return at;
    }
}

namespace Weir.Land.Contracts.Migrations;

/// <summary>The fields of one event whose values Weir made up; where a field goes, its mark goes with it.</summary>
internal sealed class ImputedFields
{
    private readonly List<string> fields = [];

    public IReadOnlyList<string> All => fields;

    public void Clear() => fields.Clear();

    public void Add(FieldPath field)
    {
        if (!fields.Contains(field.ToString())) fields.Add(field.ToString());
    }

    public void Move(FieldPath from, FieldPath to)
    {
        for (var i = 0; i < fields.Count; i++)
            if (fields[i] == from.ToString() || fields[i].StartsWith($"{from}.", StringComparison.Ordinal)) fields[i] = $"{to}{fields[i][from.ToString().Length..]}";
    }

    public void Remove(FieldPath field) => fields.RemoveAll(f => f == field.ToString() || f.StartsWith($"{field}.", StringComparison.Ordinal));
}

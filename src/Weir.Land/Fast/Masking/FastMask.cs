using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Reading;
using Weir.Land.Privacy;
using Weir.Sources;

namespace Weir.Land.Fast.Masking;

/// <summary>
/// The fast path of <see cref="PersonalStep"/>: of a row whose personal values are ids and IP addresses in columns of their own, and in which surely nothing else is personal. It may only say "this
/// is what is kept", or nothing; then the plain step is asked. For one thread.
/// </summary>
internal sealed class FastMask
{
    private readonly PersonalData personal;
    private readonly PersonalMarks marks;
    private readonly Dictionary<PersonalFields, RowKinds> known = [];
    private readonly RowKinds unmarked;
    private readonly FoundSecrets secrets = new();
    private readonly TextSearch texts;
    private readonly PayloadSearch payload;
    private readonly KnownTexts<string?> ids, addresses;

    public FastMask(EventRules rules)
    {
        (personal, marks) = (rules.Personal, new PersonalMarks(rules));
        unmarked = new RowKinds(personal, null);
        var names = new KnownTexts<NameMeaning>(NameMeaning.Of);
        texts = new TextSearch(personal, secrets, names);
        payload = new PayloadSearch(personal, secrets, texts, names);
        (ids, addresses) = (new(v => personal.Replace(PersonalKind.Id, v)), new(v => personal.Replace(PersonalKind.Ip, v)));
    }

    /// <summary>Makes a row what is kept of it; false: ask the plain step, the row is as it was.</summary>
    public bool TryApply(EventBlock block, int row)
    {
        var kinds = KindsOf(marks.Of(block.Name(row)));
        if (!IsSure(kinds, block, row)) return false;
        foreach (var (column, kind) in kinds.Touched)
        {
            if (!block.Has(column, row) || block.Text(column, row) is not { Length: > 0 } text) continue;
            if ((kind == PersonalKind.Id ? ids : addresses).Of(text) is { } instead) block.Set(column, row, block.Memory.Add(instead));
            else block.Clear(column, row);
        }
        foreach (var number in kinds.Cleared) block.Number(number, row) = EventColumns.None;
        return true;
    }

    private bool IsSure(RowKinds kinds, EventBlock block, int row)
    {
        secrets.Clear();
        foreach (var (column, kind) in kinds.Touched)
            if (block.Has(column, row) && !secrets.TryAdd(block.Text(column, row), kind)) return false;
        if (!texts.IsClean(block.Text(EventText.Event, row), isUnknown: false)) return false;
        foreach (var (column, isUnknown) in kinds.Searched)
            if (block.Has(column, row) && !texts.IsClean(block.Text(column, row), isUnknown)) return false;
        foreach (var (column, place) in kinds.Payload)
            if (block.Has(column, row) && !payload.IsClean(block.Text(column, row), place)) return false;
        return true;
    }

    private RowKinds KindsOf(PersonalFields? fields)
    {
        if (fields is null) return unmarked;
        if (!known.TryGetValue(fields, out var kinds)) known[fields] = kinds = new RowKinds(personal, fields);
        return kinds;
    }
}

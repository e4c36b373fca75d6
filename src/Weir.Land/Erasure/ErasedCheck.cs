using System.Globalization;
using System.Text;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Erasure;

/// <summary>Tells whether an event or row is of somebody who was erased, by what was sent, before anything of it is masked. One instance serves one thread.</summary>
internal sealed class ErasedCheck(SourceDefinition source)
{
    private readonly PersonIdKind?[] kinds = [.. source.Fields.Select(PersonId.KindOfColumn)];

    /// <param name="tombstones">Who was erased.</param>
    /// <param name="verdict">What became of it.</param>
    /// <param name="row">Its row, as far as it could be read; null: it could not, or is no event.</param>
    /// <param name="sent">Its bytes as received.</param>
    public bool Is(Tombstones tombstones, Verdict verdict, EventRow? row, ReadOnlySpan<byte> sent)
    {
        if (tombstones.IsEmpty || verdict is Verdict.Dropped) return false;
        if (row is not null && (tombstones.Holds(PersonIdKind.User, row.UserId) || tombstones.Holds(PersonIdKind.Anonymous, row.AnonymousId) || tombstones.Holds(PersonIdKind.Device, row.DeviceId))) return true;
        if (verdict is Verdict.Entity { Row: var entity } && IsOf(tombstones, entity)) return true;
        if (!tombstones.HoldsEmails) return false;
        // What was packed where it was sent stands in the row only.
        string?[] texts = [Encoding.UTF8.GetString(sent), row?.UserId, row?.AnonymousId, row?.PageUrl, row?.PageReferrer, row?.Context, row?.Properties];
        return texts.Any(t => t is not null && PersonTexts.AnyEmail(t, a => tombstones.Holds(PersonIdKind.Email, a)));
    }

    private bool IsOf(Tombstones tombstones, EntityRow row)
    {
        for (var i = 0; i < kinds.Length; i++)
            if (kinds[i] is { } kind && tombstones.Holds(kind, Convert.ToString(row.Values[i], CultureInfo.InvariantCulture))) return true;
        return false;
    }
}

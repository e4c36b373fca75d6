using Weir.Identifiers;

namespace Weir.Land.Dedupe;

/// <summary>
/// What may land once. The bucket says in which span of time an id counts: see <see cref="Buckets"/>.
/// </summary>
/// <param name="Source">The source's number in the index (<see cref="SourceTable"/>).</param>
/// <param name="Bucket">The span.</param>
/// <param name="Id">The event id's 128 bits, in the order of its text.</param>
internal readonly record struct DedupeKey(int Source, int Bucket, UInt128 Id) : IComparable<DedupeKey>
{
    public int CompareTo(DedupeKey other)
    {
        var order = Source.CompareTo(other.Source);
        if (order == 0) order = Bucket.CompareTo(other.Bucket);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }

    public override int GetHashCode() => unchecked((int)Hash());

    /// <summary>64 well mixed bits, the same in every process: runs keep filters made of them.</summary>
    public ulong Hash()
    {
        var place = ((ulong)(uint)Source << 32) | (uint)Bucket;
        return Mixing.Mix((ulong)(Id >> 64) + Mixing.Mix((ulong)Id + Mixing.Mix(place)));
    }
}

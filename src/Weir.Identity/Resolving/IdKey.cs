namespace Weir.Identity.Resolving;

/// <summary>A strong id as the resolver knows it. Of several the smallest, by kind and then hash, names the customer.</summary>
/// <param name="Kind">The number of its kind, in the order in which the rules name them.</param>
/// <param name="Hash">128 bits of the hash of kind and value.</param>
internal readonly record struct IdKey(byte Kind, UInt128 Hash) : IComparable<IdKey>
{
    public int CompareTo(IdKey other) => Kind != other.Kind ? Kind.CompareTo(other.Kind) : Hash.CompareTo(other.Hash);
}

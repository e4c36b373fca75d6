namespace Weir.Identity.Resolving;

/// <summary>Two groups became one.</summary>
/// <param name="Retired">The id that named the one, and names nothing since.</param>
/// <param name="Survivor">The id that named the other, and named both then.</param>
/// <param name="Evidence">Which two ids were seen together, and when.</param>
internal readonly record struct Merge(int Retired, int Survivor, Edge Evidence);

/// <summary>Who belongs together; by number of the graph.</summary>
/// <param name="Customers">Of each id: the one that names its customer; −1 for one that is refused.</param>
/// <param name="Clusters">Of each id: the smallest of all that hang together with it, splits and refusals aside. Evidence never reaches beyond it.</param>
/// <param name="Partners">Of each id: with how many others it was seen.</param>
/// <param name="Merges">What united the customers, in the order of the evidence. Each id that names no customer is retired by exactly one of them, unless it is refused.</param>
internal sealed record Resolution(int[] Customers, int[] Clusters, int[] Partners, IReadOnlyList<Merge> Merges);

namespace Weir.Tests.Collect.Fuzz;

/// <summary>One request, and how many events of it must be kept if it is answered 2xx (null: nobody knows, for it was spoilt).</summary>
/// <param name="Method">GET, POST, or what a scanner might try.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body; null: none.</param>
/// <param name="Kept">The numbers of the events that it holds, where it is whole and its key is right.</param>
internal sealed record FuzzRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, IReadOnlyList<long> Kept);

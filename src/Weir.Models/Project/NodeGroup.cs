namespace Weir.Models.Project;

/// <summary>A group: who owns some models. Private models are read within their group only.</summary>
internal sealed record NodeGroup(string Package, string Name, string File, int Line, IReadOnlyDictionary<string, object?> Owner, string Description);

using System.Text.Json.Nodes;
using Weir.Leases;
using Weir.Storage;

namespace Weir.Tests.Leases;

/// <summary>Makes a holder that goes on, in this process, look like one whose process is gone or was paused: so another can take over beside it.</summary>
public static class Zombies
{
    /// <summary>The newest lease is that of a process that is gone.</summary>
    public static void Disown(string data, string name) => Edit(data, name, state => state["ProcessStart"] = 1);

    /// <summary>The newest lease is that of another machine and was not renewed: nobody can tell whether its holder lives.</summary>
    public static void Pause(string data, string name)
    {
        Edit(data, name, state => state["Host"] = "elsewhere");
        File.SetLastWriteTimeUtc(PathOf(data, name), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1));
    }

    private static void Edit(string data, string name, Action<JsonNode> change)
    {
        var path = PathOf(data, name);
        var state = JsonNode.Parse(File.ReadAllText(path))!;
        change(state);
        File.WriteAllText(path, state.ToJsonString());
    }

    private static string PathOf(string data, string name) =>
        Path.Combine(data, "run", "leases", name, $"{LeaseState.Read(data, name, LocalDisk.Instance)!.Number:D20}.json");
}

using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>
/// Runs nodes side by side as the graph allows: a node after what it reads, a test's verdict before what it guards. Of those that are ready the first
/// in the given order starts first, so that one thread gives exactly that order.
/// </summary>
internal sealed class Schedule
{
    private readonly IReadOnlyList<Node> nodes;
    private readonly int[] waiting;
    private readonly List<int>[] followers;

    /// <param name="nodes">The chosen nodes in an order of the graph.</param>
    /// <param name="testsGuard">Whether tests hold back what is downstream of them.</param>
    public Schedule(NodeGraph graph, IReadOnlyList<Node> nodes, bool testsGuard)
    {
        this.nodes = nodes;
        waiting = new int[nodes.Count];
        followers = [.. nodes.Select(_ => new List<int>())];
        var tests = nodes.Where(node => node.IsTest && node.DependsOn.Count > 0).ToList();
        var index = nodes.Select((node, i) => (node.UniqueId, i)).ToDictionary(pair => pair.UniqueId, pair => pair.i);
        for (var i = 0; i < nodes.Count; i++)
        {
            // A unit test runs before its model, on what the model reads.
            var above = graph.Ancestors(nodes[i].IsUnitTest ? nodes[i].DependsOn[0] : nodes[i].UniqueId);
            foreach (var before in above.Where(index.ContainsKey))
                Wait(i, index[before]);
            if (nodes[i].IsTest || !testsGuard)
                continue;
            foreach (var unit in nodes.Where(unit => unit.IsUnitTest && unit.DependsOn[0] == nodes[i].UniqueId))
                Wait(i, index[unit.UniqueId]);
            foreach (var test in tests.Where(test => test.DependsOn.TrueForAll(above.Contains)))
                Wait(i, index[test.UniqueId]);
        }
    }

    /// <param name="run">Runs a node on one of the workers, 0 to <paramref name="threads"/> − 1; called for one node at a time per worker.</param>
    /// <param name="done">Told of each node in turn, on one thread.</param>
    public async Task RunAsync(int threads, Func<Node, int, Task<Outcome>> run, Action<Outcome> done)
    {
        var ready = new SortedSet<int>(Enumerable.Range(0, nodes.Count).Where(i => waiting[i] == 0));
        var free = new Stack<int>(Enumerable.Range(0, threads).Reverse());
        var running = new Dictionary<Task<Outcome>, (int Node, int Worker)>();
        try
        {
            while (ready.Count > 0 || running.Count > 0)
            {
                while (ready.Count > 0 && free.TryPop(out var worker))
                {
                    var next = ready.Min;
                    ready.Remove(next);
                    running.Add(run(nodes[next], worker), (next, worker));
                }

                var finished = await Task.WhenAny(running.Keys);
                running.Remove(finished, out var place);
                free.Push(place.Worker);
                done(await finished);
                foreach (var follower in followers[place.Node].Where(follower => --waiting[follower] == 0))
                    ready.Add(follower);
            }
        }
        finally
        {
            await Task.WhenAll(running.Keys.Select(left => left.ContinueWith(_ => { }, TaskScheduler.Default))); // nobody may use the connections after this
        }
    }

    private void Wait(int node, int before)
    {
        waiting[node]++;
        followers[before].Add(node);
    }
}

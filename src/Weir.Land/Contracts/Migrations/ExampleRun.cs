using System.Text.Json;
using Weir.Land.Contracts.Schemas;

namespace Weir.Land.Contracts.Migrations;

/// <summary>Runs the examples of migrations by the code that migrates events: each step must give what the example says, and that must go on to the newest version.</summary>
internal static class ExampleRun
{
    public static IEnumerable<ExampleResult> Of(Contract contract)
    {
        for (var step = 0; step < contract.Migrations.Count; step++)
        {
            var migration = contract.Migrations[step];
            for (var i = 0; i < migration.Examples.Count; i++)
            {
                var example = migration.Examples[i];
                var title = example.Title.Length > 0 ? example.Title : $"example {i + 1}";
                yield return new ExampleResult(contract.Name, $"{migration.From}-to-{migration.To}", title, example.At.Place, Find(contract, step, example));
            }
        }
    }

    private static string? Find(Contract contract, int step, Example example)
    {
        using var outcome = ContractRun.Run(contract, step, step + 1, example.From);
        if (outcome.Fault is { } fault) return fault.Detail;
        if (Difference("$", example.To, outcome.Changed!.RootElement) is { } difference) return difference;
        using var onward = ContractRun.Run(contract, step + 1, contract.Versions.Count - 1, example.To);
        return onward.Fault is { } later ? $"and then: {later.Detail}" : null;
    }

    private static string? Difference(string path, JsonElement expected, JsonElement found)
    {
        if (JsonEquality.Instance.Equals(expected, found)) return null;
        if (expected.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
            {
                if (!found.TryGetProperty(member.Name, out var other)) return $"{path}.{member.Name}: expected {member.Value.GetRawText()}, got nothing";
                if (Difference($"{path}.{member.Name}", member.Value, other) is { } inside) return inside;
            }
            var more = found.EnumerateObject().First(m => !expected.TryGetProperty(m.Name, out _));
            return $"{path}.{more.Name}: expected nothing, got {more.Value.GetRawText()}";
        }
        if (expected.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == found.GetArrayLength())
            return expected.EnumerateArray().Zip(found.EnumerateArray()).Select((pair, i) => Difference($"{path}[{i}]", pair.First, pair.Second)).First(d => d is not null);
        return $"{path}: expected {expected.GetRawText()}, got {found.GetRawText()}";
    }
}

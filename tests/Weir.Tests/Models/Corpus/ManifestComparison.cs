using System.Text.Json;

namespace Weir.Tests.Models.Corpus;

/// <summary>Compares target/manifest.json with the recorded lines: every property that was recorded must be there with that value.</summary>
internal static class ManifestComparison
{
    public static void Compare(CorpusProject project, int step, Action<string, string, string> note)
    {
        var file = project.Expected(step, "manifest.json");
        if (!File.Exists(file))
            return;
        var own = Path.Combine(project.Folder, "target", "manifest.json");
        if (!File.Exists(own))
        {
            note("manifest", $"{step} manifest.json", "missing");
            return;
        }

        var written = JsonDocument.Parse(File.ReadAllText(own)).RootElement;
        var actual = new[] { "nodes", "sources", "exposures", "unit_tests", "groups" }.Where(section => written.TryGetProperty(section, out _))
            .SelectMany(section => written.GetProperty(section).EnumerateObject()).ToDictionary(node => node.Name, node => node.Value);
        var expected = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        foreach (var node in expected.EnumerateObject())
        {
            if (node.Name == "disabled")
                continue;
            if (!actual.TryGetValue(node.Name, out var mine))
                note("manifest", $"{step} {node.Name}", "missing");
            else
                Compare(node.Value, mine, "", (path, text) => note("manifest", $"{step} {node.Name}", $"{path} {text}"));
        }

        foreach (var id in actual.Keys.Where(id => !expected.TryGetProperty(id, out _)))
            note("manifest", $"{step} {id}", "dbt has no such node");
    }

    private static void Compare(JsonElement dbt, JsonElement own, string path, Action<string, string> note)
    {
        if (path == "/depends_on" && own.ValueKind == JsonValueKind.Object)
            own = own.TryGetProperty("nodes", out var nodes) ? nodes : JsonDocument.Parse("[]").RootElement;
        if (dbt.ValueKind == JsonValueKind.Object && own.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in dbt.EnumerateObject())
            {
                if (property.Name == "contract_enforced")
                {
                    Compare(property.Value, own.GetProperty("contract").GetProperty("enforced"), path + "/contract/enforced", note);
                    continue;
                }

                if (own.TryGetProperty(property.Name, out var value))
                    Compare(property.Value, value, $"{path}/{property.Name}", note);
                else
                    note($"{path}/{property.Name}", $"is missing; dbt has {property.Value}");
            }
        }
        else if (path is "/depends_on" ? !Sorted(dbt).SequenceEqual(Sorted(own)) : !JsonElement.DeepEquals(dbt, own))
        {
            note(path, $"is {own}, dbt has {dbt}");
        }
    }

    private static IEnumerable<string> Sorted(JsonElement list) => list.EnumerateArray().Select(item => item.ToString()).Order(StringComparer.Ordinal);
}

using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Reads the <c>exposures:</c> of a schema.yml.</summary>
internal sealed class ExposureReader(YamlReading reading)
{
    private static readonly string[] Types = ["dashboard", "notebook", "analysis", "ml", "application"];
    private static readonly string[] Maturities = ["low", "medium", "high"];

    public IEnumerable<ExposurePatch> Read(YamlMap map)
    {
        foreach (var item in reading.Items(map, "exposures"))
        {
            YamlKeys.Exposure.Check(item, reading.File, reading.Problems);
            if (reading.NameOf(item, "exposure") is not { } name)
                continue;
            var owner = reading.Map(item, "owner");
            if (!owner.ContainsKey("name") && !owner.ContainsKey("email"))
                reading.Problems.Add("WEIR7005", reading.File, item.Line, $"the exposure '{name}' has no owner: `owner: {{name: Ann, email: ann@example.com}}`.");
            var exposure = new Exposure(OneOf(item, "type", Types) ?? "", item.Text("label"), item.Text("url"), item.Find("maturity") is null ? null : OneOf(item, "maturity", Maturities), owner);
            yield return new ExposurePatch(
                name, reading.File, item.Line, exposure, item.Find("description")?.Value, [.. item.List("depends_on").OfType<YamlScalar>()], reading.Config(item));
        }
    }

    private string? OneOf(YamlMap item, string key, string[] allowed)
    {
        var text = item.Text(key);
        if (text is not null && allowed.Contains(text))
            return text;
        reading.Problems.Add("WEIR7005", reading.File, item.Find(key)?.Line ?? item.Line, $"the exposure's '{key}' is '{text}', and must be one of: {string.Join(", ", allowed)}.{Suggest.Near(text ?? "", allowed)}");
        return null;
    }
}

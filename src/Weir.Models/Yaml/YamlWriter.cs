using YamlDotNet.Serialization;

namespace Weir.Models.Yaml;

/// <summary>Writes values as YAML, as Python's <c>yaml.safe_dump(sort_keys=False)</c> lays it out.</summary>
internal static class YamlWriter
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings().DisableAliases().Build();

    public static string Write(object? value) => Serializer.Serialize(value).ReplaceLineEndings("\n");
}

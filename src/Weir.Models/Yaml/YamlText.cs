using Weir.Models.Project;
using YamlDotNet.Core;

namespace Weir.Models.Yaml;

/// <summary>Reads YAML given on a command line.</summary>
internal static class YamlText
{
    /// <summary>Any value; null when it is no YAML (then <paramref name="why"/> says so).</summary>
    public static YamlValue? ReadAny(string text, out string why)
    {
        try
        {
            why = "";
            return YamlFile.Parse(new StringReader(text)) ?? new YamlScalar(1, null, "");
        }
        catch (YamlException wrong)
        {
            why = wrong.Message.Replace('\n', ' ');
            return null;
        }
    }

    /// <summary>The mapping; empty for an empty text, null when it is no mapping or no YAML (then <paramref name="why"/> says so).</summary>
    public static YamlMap? Read(string text, out string why)
    {
        switch (ReadAny(text, out why))
        {
            case YamlScalar { Value: null }:
                return new YamlMap(1, []);
            case { } value:
                why = $"it is {value.Kind}, and must be a mapping";
                return value as YamlMap;
            default:
                return null;
        }
    }
}

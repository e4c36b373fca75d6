using Weir.Models.Project;
using YamlDotNet.Core;

namespace Weir.Models.Yaml;

/// <summary>Reads YAML given on a command line.</summary>
internal static class YamlText
{
    /// <summary>The mapping; empty for an empty text, null when it is no mapping or no YAML (then <paramref name="why"/> says so).</summary>
    public static YamlMap? Read(string text, out string why)
    {
        try
        {
            why = "";
            var value = YamlFile.Parse(new StringReader(text));
            if (value is null or YamlScalar { Value: null })
                return new YamlMap(1, []);
            why = $"it is {value.Kind}, and must be a mapping";
            return value as YamlMap;
        }
        catch (YamlException wrong)
        {
            why = wrong.Message.Replace('\n', ' ');
            return null;
        }
    }
}

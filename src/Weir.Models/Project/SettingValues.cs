namespace Weir.Models.Project;

/// <summary>Checks of single settings.</summary>
internal static class SettingValues
{
    /// <returns>Whether the setting is made and one of the allowed.</returns>
    public static bool OneOf(NodeConfig config, string key, IReadOnlyList<string> allowed, Problems problems, string also = "")
    {
        if (config.Find(key) is not { } setting)
            return false;
        var text = NodeConfig.AsText(setting.Value);
        if (allowed.Contains(text.ToLowerInvariant()))
            return true;
        problems.Add("WEIR7005", setting.File, setting.Line, $"'{key}' is '{text}', and must be one of: {string.Join(", ", allowed)}.{Suggest.Near(text, allowed)}{also}");
        return false;
    }

    /// <summary>Reports keys that a setting's mapping cannot have.</summary>
    public static void CheckKeys(Setting setting, string kind, IReadOnlyList<string> allowed, Problems problems)
    {
        if (setting.Value is not IReadOnlyDictionary<string, object?> map)
            return;
        foreach (var key in map.Keys.Where(key => !allowed.Contains(key)))
            problems.Add("WEIR7003", setting.File, setting.Line, $"'{key}' is not a key of {kind}.{Suggest.Near(key, allowed)}");
    }

    /// <summary>Reports a setting that another one needs.</summary>
    public static void Require(Node node, string key, string why, Problems problems)
    {
        if (node.Config.Find(key) is null)
            problems.Add("WEIR7037", node.File, node.Line, $"{why}, and '{key}' is not set. Set it in config(): `{key}='…'`.");
    }
}

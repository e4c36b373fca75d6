namespace Weir.Configuration;

/// <summary>Time zones of <c>weir.yml</c>.</summary>
internal static class TimeZones
{
    /// <summary>The IANA name under a key, if it is one.</summary>
    public static string? Check(YamlSection section, string key)
    {
        var name = section.Text(key);
        if (name is null || TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)) return name;
        section.Mistake(key, $"is '{name}', but must be an IANA time zone such as Europe/Berlin or UTC");
        return null;
    }
}

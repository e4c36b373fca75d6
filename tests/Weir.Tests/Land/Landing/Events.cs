namespace Weir.Tests.Land.Landing;

/// <summary>Events of Weir's own dialect, as a client sends them.</summary>
public static class Events
{
    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static string Of(int id, string time, string name = "page", string extra = "") =>
        $$"""{"event_id":"{{Id(id)}}","event":"{{name}}","timestamp":"{{time}}","anonymous_id":"a"{{extra}}}""";

    public static string WithoutTime(int id, string name = "page") => $$"""{"event_id":"{{Id(id)}}","event":"{{name}}","anonymous_id":"a"}""";

    public static string WithoutId(string time) => $$"""{"event":"page","timestamp":"{{time}}","anonymous_id":"a"}""";

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time + "Z", null, System.Globalization.DateTimeStyles.AssumeUniversal);
}

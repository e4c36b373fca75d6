using System.Text;
using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Tests.Land.Evaluate;

/// <summary>Short ways to put one event in and get its row or reason out.</summary>
internal static class Evaluation
{
    /// <summary>When all the events of these tests are received: 2024-06-15 12:00:00 UTC.</summary>
    public static readonly DateTimeOffset ReceivedAt = new(2024, 6, 15, 12, 0, 0, TimeSpan.Zero);

    public static readonly SourceDefinition Web = new() { Name = "web", TimeZone = "Europe/Berlin" };

    public static Verdict Judge(byte[] text, SourceDefinition? source = null, string dialect = Dialects.Weir, string envelope = "{}", EvaluatorOptions? options = null) =>
        new Evaluator(source ?? Web, options).Evaluate(new Frame(100, ReceivedAt, dialect, Encoding.UTF8.GetBytes(envelope), [text]), 0, "s");

    public static Verdict.Quarantined Quarantined(string text, SourceDefinition? source = null, string dialect = Dialects.Weir, string envelope = "{}") =>
        Judge(Encoding.UTF8.GetBytes(text), source, dialect, envelope).ShouldBeOfType<Verdict.Quarantined>();

    public static EventRow Landed(string text, SourceDefinition? source = null, string dialect = Dialects.Weir, string envelope = "{}")
    {
        var verdict = Judge(Encoding.UTF8.GetBytes(text), source, dialect, envelope);
        return verdict.ShouldBeOfType<Verdict.Event>(verdict.ToString()).Row;
    }

    public static EventRow Segment(string text, string envelope = "{}") => Landed(text, Web, Dialects.Segment, envelope);

    /// <summary>A valid event with further members.</summary>
    public static string Valid(string members = "") =>
        $$"""{"event_id":"0190A1B2-0000-7000-8000-00000000000A","event":"order_placed","timestamp":"2024-06-15T11:59:00Z","user_id":"u1"{{(members.Length > 0 ? "," : "")}}{{members}}}""";

    public static object?[] Entity(string text, SourceDefinition source, string dialect = Dialects.Weir, string envelope = "{}")
    {
        var verdict = Judge(Encoding.UTF8.GetBytes(text), source, dialect, envelope);
        return verdict.ShouldBeOfType<Verdict.Entity>(verdict.ToString()).Row.Values;
    }

    public static DateTime Utc(int year, int month, int day, int hour = 0, int minute = 0, int second = 0, int microsecond = 0) =>
        new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddMicroseconds(microsecond);
}

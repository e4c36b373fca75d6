using System.Text.Json;

namespace Weir.Generate;

/// <summary>What the CRM and the help desk export once a day, as NDJSON.</summary>
internal sealed class BackOffice(ShopOptions options, IReadOnlyList<Person> people)
{
    private static readonly string[] Subjects = ["Where is my order?", "Wrong size", "Refund not received", "Voucher does not work", "Change of address", "Item arrived broken"];
    private static readonly string[] Priorities = ["low", "normal", "normal", "high"];

    /// <summary>Contacts that are new or changed on a day; on the first day all that exist.</summary>
    public byte[] Contacts(DateOnly day)
    {
        var number = Number(day);
        return Lines(people.Where(p => p.Since == number || (p.Since < number && Rng.For(options.Seed, $"contact{number}", p.Number).Chance(0.01))), (json, person) =>
        {
            var rng = Rng.For(options.Seed, $"stage{number}", person.Number);
            json.WriteString("Id", $"003{person.Number:D9}");
            json.WriteString("UserId", person.UserId);
            json.WriteString("Name", person.Name);
            json.WriteString("Email", person.Email);
            json.WriteString("City", person.City);
            json.WriteString("Country", person.Country);
            json.WriteString("Stage", person.Number < 90 ? "VIP" : rng.Chance(0.7) ? "Customer" : "Lead");
            json.WriteString("SystemModstamp", Times.Utc(Midnight(day).AddSeconds(rng.Next(86_000))));
        });
    }

    /// <summary>Tickets that were opened or solved on a day.</summary>
    public byte[] Tickets(DateOnly day)
    {
        var number = Number(day);
        var opened = Opened(number).Select(t => (Ticket: t, Status: "open"));
        var solved = number < 2 ? [] : Opened(number - 2).Where(t => t % 5 != 0).Select(t => (Ticket: t, Status: "solved"));
        return Lines(opened.Concat(solved), (json, item) =>
        {
            var rng = Rng.For(options.Seed, "ticket", item.Ticket);
            var created = Midnight(options.Start, (int)(item.Ticket / 1_000)).AddSeconds(rng.Next(80_000));
            json.WriteNumber("id", item.Ticket);
            json.WriteString("requester", people[rng.Next(1_800)].UserId);
            json.WriteString("subject", rng.Pick(Subjects));
            json.WriteString("priority", rng.Pick(Priorities));
            json.WriteString("status", item.Status);
            json.WriteString("created_at", Times.Utc(created));
            json.WriteString("updated_at", Times.Utc(item.Status == "open" ? created : created.AddDays(2)));
        });
    }

    private IEnumerable<long> Opened(int number) =>
        Enumerable.Range(0, Rng.For(options.Seed, "tickets", number).Poisson(14)).Select(i => (number * 1_000L) + i);

    private int Number(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(options.Start.UtcDateTime).DayNumber;

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static DateTimeOffset Midnight(DateTimeOffset start, int days) => Midnight(DateOnly.FromDateTime(start.UtcDateTime).AddDays(days));

    private static byte[] Lines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var output = new MemoryStream();
        foreach (var item in items)
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                write(json, item);
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
        }
        return output.ToArray();
    }
}

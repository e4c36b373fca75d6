using System.Globalization;
using Weir.Generate;

// Writes DAYS of a shop's history, less the last twelve hours, and the three hours after it: DAYS VISITS-A-DAY FOLDER.
var (days, visits, folder) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
var shop = new Shop(new ShopOptions { Seed = 3, Start = start, VisitsPerDay = visits });
var noon = start.AddDays(days).AddHours(-12); // no gap before the new hours: an order that was clicked before it would never come
Write("history", start, noon);
foreach (var source in new[] { "crm", "support" })
    File.WriteAllBytes(Path.Combine(folder, "history", $"{source}.ndjson"), shop.DailyExport(source, new DateOnly(2026, 3, 1)));
for (var hour = 0; hour < 3; hour++)
    Write($"hour-{hour + 1}", noon.AddHours(hour), noon.AddHours(hour + 1));

void Write(string name, DateTimeOffset from, DateTimeOffset to)
{
    Directory.CreateDirectory(Path.Combine(folder, name));
    foreach (var source in new[] { "web", "mobile", "orders" })
        File.WriteAllBytes(Path.Combine(folder, name, $"{source}.ndjson"), shop.Export(source, from, to).Content);
}

namespace Weir.Generate;

/// <summary>A way in which an event is malformed.</summary>
internal enum Spoil
{
    Not,
    Syntax,
    Time,
    AbsurdTime,
    Identity,
    Price,
}

/// <summary>Chooses how an event is malformed.</summary>
internal static class Spoiling
{
    public static Spoil Of(ShopEvent e)
    {
        var spoil = (Spoil)(1 + (e.Id.ToByteArray()[0] % 5));
        // The app's screens have no column for a price: whatever one says there lands, as any other property.
        return spoil == Spoil.Price && e.Person.IsMobile && e.Step == Step.Page ? Spoil.Identity : spoil;
    }
}

using System.Collections.Frozen;
using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>Fields that hold personal data though nobody said so: known by their names, however these are written (<c>firstName</c>, <c>first_name</c>).</summary>
internal static class WellKnownFields
{
    private const int LongestName = 40;

    private static readonly FrozenDictionary<string, PersonalKind> Anywhere = Kinds(
        (PersonalKind.Email, "email emailaddress mail useremail customeremail contactemail"),
        (PersonalKind.Phone, "phone phonenumber telephone telephonenumber mobilephone mobilenumber cellphone"),
        (PersonalKind.Name, "firstname lastname fullname givenname familyname middlename surname username nickname customername contactname"),
        (PersonalKind.Address, "address street streetaddress postaladdress shippingaddress billingaddress deliveryaddress homeaddress address1 address2 addressline1 addressline2"),
        (PersonalKind.Ip, "ip ipaddress ipaddr useripaddress clientip remoteip remoteaddr"),
        (PersonalKind.Other, "birthday birthdate dateofbirth dob iban creditcard cardnumber passport ssn taxid"));

    /// <summary>Such as also name things that are not people.</summary>
    private static readonly FrozenDictionary<string, PersonalKind> OfPeople = Kinds(
        (PersonalKind.Name, "name"),
        (PersonalKind.Address, "city zip zipcode postalcode postcode line1 line2 latitude longitude"),
        (PersonalKind.Other, "age gender sex avatar photo"));

    private static readonly FrozenSet<string> People = FrozenSet.ToFrozenSet(
        ["traits", "user", "customer", "person", "contact", "recipient", "set", "setonce", "userproperties", "userdata", "usertraits", "profile"], StringComparer.Ordinal);

    /// <summary>What a field holds, by its name; null: nothing personal that is known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="ofPerson">Whether it lies in an object about a person.</param>
    public static PersonalKind? Of(string name, bool ofPerson)
    {
        Span<char> plain = stackalloc char[LongestName];
        if (!TryPlain(name, ref plain)) return null;
        if (Anywhere.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(plain, out var kind)) return kind;
        return ofPerson && OfPeople.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(plain, out kind) ? kind : null;
    }

    /// <summary>Whether an object of this name is about a person.</summary>
    public static bool IsPerson(string name)
    {
        Span<char> plain = stackalloc char[LongestName];
        return TryPlain(name, ref plain) && People.GetAlternateLookup<ReadOnlySpan<char>>().Contains(plain);
    }

    /// <summary>Letters and digits only, lower case.</summary>
    private static bool TryPlain(string name, ref Span<char> plain)
    {
        var length = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c)) continue;
            if (length == plain.Length) return false;
            plain[length++] = char.ToLowerInvariant(c);
        }
        plain = plain[..length];
        return true;
    }

    private static FrozenDictionary<string, PersonalKind> Kinds(params (PersonalKind Kind, string Names)[] kinds) =>
        kinds.SelectMany(k => k.Names.Split(' ').Select(n => KeyValuePair.Create(n, k.Kind))).ToFrozenDictionary(StringComparer.Ordinal);
}

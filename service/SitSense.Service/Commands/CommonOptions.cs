using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using SitSense.Service.Web;

namespace SitSense.Service.Commands;

/// <summary>Options of several commands. What they take is what the API takes, and they refuse the rest in its words.</summary>
static class CommonOptions
{
    /// <summary>A wearer's name.</summary>
    public static Option<string?> Wearer(string description) => new("--wearer")
    {
        Description = description,
        HelpName = "WEARER",
        CustomParser = result => Read(result, text => Parse.Wearer("--wearer", text)),
    };

    /// <summary>A local date.</summary>
    public static Option<LocalDate?> Date(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result => Read<LocalDate?>(result, text => Parse.Date(name, text)),
    };

    static T? Read<T>(ArgumentResult given, Func<string, T> parse)
    {
        try
        {
            return parse(given.Tokens.Single().Value);
        }
        catch (BadRequest wrong)
        {
            given.AddError(wrong.Message);
            return default;
        }
    }
}

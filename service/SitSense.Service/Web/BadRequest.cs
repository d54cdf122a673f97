namespace SitSense.Service.Web;

/// <summary>What is wrong with a request, in words for the person who sent it. The API answers it as a problem of status 400.</summary>
sealed class BadRequest(string message) : Exception(message)
{
    /// <summary>Turns a <see cref="BadRequest"/> out of an endpoint into problem details (RFC 9457).</summary>
    public static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (BadRequest wrong)
        {
            return Results.Problem(wrong.Message, statusCode: StatusCodes.Status400BadRequest, title: "The request cannot be understood");
        }
    }
}

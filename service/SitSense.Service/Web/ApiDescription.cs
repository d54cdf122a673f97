using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using NodaTime;
using SitSense.Sitting;

namespace SitSense.Service.Web;

/// <summary><c>/openapi.json</c>: dates and times as text, numbers as numbers, as the API writes them.</summary>
static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            foreach (var converter in DayJson.Default.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi(api => api.AddSchemaTransformer((schema, context, _) =>
        {
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(LocalDate) || type == typeof(OffsetDateTime))
                (schema.Type, schema.Format) = (JsonSchemaType.String, type == typeof(LocalDate) ? "date" : "date-time");
            return Task.CompletedTask;
        }));
    }
}

namespace InfluxDB.Client.Core.Exceptions;

/// <summary>Status 400.</summary>
public class BadRequestException(string message, Exception? exception = null) : HttpException(message, 400, exception);

/// <summary>Status 401.</summary>
public class UnauthorizedException(string message, Exception? exception = null) : HttpException(message, 401, exception);

/// <summary>Status 402.</summary>
public class PaymentRequiredException(string message, Exception? exception = null) : HttpException(message, 402, exception);

/// <summary>Status 403.</summary>
public class ForbiddenException(string message, Exception? exception = null) : HttpException(message, 403, exception);

/// <summary>Status 404.</summary>
public class NotFoundException(string message, Exception? exception = null) : HttpException(message, 404, exception);

/// <summary>Status 405.</summary>
public class MethodNotAllowedException(string message, Exception? exception = null) : HttpException(message, 405, exception);

/// <summary>Status 406.</summary>
public class NotAcceptableException(string message, Exception? exception = null) : HttpException(message, 406, exception);

/// <summary>Status 407.</summary>
public class ProxyAuthenticationRequiredException(string message, Exception? exception = null) : HttpException(message, 407, exception);

/// <summary>Status 408.</summary>
public class RequestTimeoutException(string message, Exception? exception = null) : HttpException(message, 408, exception);

/// <summary>Status 413.</summary>
public class RequestEntityTooLargeException(string message, Exception? exception = null) : HttpException(message, 413, exception);

/// <summary>Status 422.</summary>
public class UnprocessableEntityException(string message, Exception? exception = null) : HttpException(message, 422, exception);

/// <summary>Status 429.</summary>
public class TooManyRequestsException(string message, Exception? exception = null) : HttpException(message, 429, exception);

/// <summary>Status 500.</summary>
public class InternalServerErrorException(string message, Exception? exception = null) : HttpException(message, 500, exception);

/// <summary>Status 501.</summary>
public class HttpNotImplementedException(string message, Exception? exception = null) : HttpException(message, 501, exception);

/// <summary>Status 502.</summary>
public class BadGatewayException(string message, Exception? exception = null) : HttpException(message, 502, exception);

/// <summary>Status 503.</summary>
public class ServiceUnavailableException(string message, Exception? exception = null) : HttpException(message, 503, exception);
